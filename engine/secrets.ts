const secretParameter =
  /([?&;](?:[^=&;#]*(?:token|secret|passw(?:or)?d|pwd|signature|credential|api-?key|access-?key)[^=&;#]*|sig|key|auth)=)[^&;#\s"]*/gi;

/**
 * A text for logs and messages: the user part of every URL in it and the values of query parameters that name a secret
 * are replaced by `***`. Everything else stays as it is.
 */
export function withoutSecrets(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^/?#\s"@]*(?:@[^/?#\s"@]*)*@/gi, "$1***@")
    .replace(secretParameter, "$1***");
}
