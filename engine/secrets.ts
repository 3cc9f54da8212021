const parameter = /([?&;])([^=&;#?]*)=([^&;#\s"]*)/g;
const secretName = /token|secret|passw(?:or)?d|pwd|signature|credential|api-?key|access-?key|^(?:sig|key|auth)$/i;

/**
 * A text for logs and messages: the user part of every URL in it and the values of query parameters that name a secret
 * are replaced by `***`. Everything else stays as it is.
 */
export function withoutSecrets(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]{0,30}:\/\/)[^/?#\s"]*@/gi, "$1***@")
    .replace(parameter, (whole: string, mark: string, name: string) =>
      secretName.test(name) ? `${mark}${name}=***` : whole,
    );
}
