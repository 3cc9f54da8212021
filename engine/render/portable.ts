import type { Problem } from "../problem.js";
import { type MapSpan, SpanMap } from "../template/source-map.js";
import type { Dict } from "../value/types.js";
import { type PortableValue, ValuePacker, ValueUnpacker } from "./portable-value.js";
import { type PortableNode, packNode, unpackNode } from "./portable-yaml.js";
import type { RenderedDefinition } from "./rendered.js";

/** A {@link RenderedDefinition} as plain data. */
interface PortableRendering {
  readonly plain: Pick<
    RenderedDefinition,
    "path" | "profile" | "status" | "messages" | "rendered" | "imports" | "asked"
  >;
  readonly problems: readonly Problem[];
  readonly repo: PortableValue;
  readonly nameMap: PortableValue;
  readonly data: PortableValue | undefined;
  readonly root: PortableNode | undefined;
  readonly spans: readonly MapSpan[] | undefined;
}

export function packRendered(rendered: RenderedDefinition): PortableRendering {
  const { path, profile, status, messages, imports, asked, problems, data, root, sourceMap } = rendered;
  const values = new ValuePacker();
  return {
    plain: { path, profile, status, messages, rendered: rendered.rendered, imports, asked },
    problems,
    data: data === undefined ? undefined : values.pack(data),
    repo: values.pack(rendered.repo),
    nameMap: values.pack(rendered.nameMap),
    root: root && packNode(root, values),
    spans: sourceMap?.spans,
  };
}

export function unpackRendered(packed: unknown): RenderedDefinition {
  const { plain, problems, data, repo, nameMap, root, spans } = packed as PortableRendering;
  const values = new ValueUnpacker();
  return {
    ...plain,
    problems,
    data: data === undefined ? undefined : values.unpack(data),
    repo: values.unpack(repo) as Dict,
    nameMap: values.unpack(nameMap) as Dict,
    root: root && unpackNode(root, values),
    sourceMap: spans && new SpanMap(spans),
  };
}
