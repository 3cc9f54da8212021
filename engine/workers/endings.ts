/** What is ended with a signal: many jobs have the same, and Node warns of one that many listen to. */
export class Endings {
  readonly #bySignal = new Map<AbortSignal, { readonly ends: Set<() => void>; readonly listener: () => void }>();

  /** @returns takes it away again */
  add(signal: AbortSignal, end: () => void): () => void {
    const { ends, listener } = this.#bySignal.get(signal) ?? this.#listenTo(signal);
    ends.add(end);
    return () => {
      ends.delete(end);
      if (ends.size > 0) return;
      this.#bySignal.delete(signal);
      signal.removeEventListener("abort", listener);
    };
  }

  #listenTo(signal: AbortSignal) {
    const ends = new Set<() => void>();
    const listener = () => {
      for (const end of [...ends]) end();
    };
    signal.addEventListener("abort", listener);
    const listening = { ends, listener };
    this.#bySignal.set(signal, listening);
    return listening;
  }
}
