import { describe, expect, it } from "vitest";
import { rememberSecret, rememberSecretsIn, withoutSecrets, withoutSecretsIn } from "../engine/secrets.js";

describe("secrets in a text", () => {
  it.each([
    // Addresses.
    ["git clone https://user:hunter2@host/x.git", "git clone https://***@host/x.git"],
    ["ftp://me:hunter2@host:21/x.exe 40 %", "ftp://***@host:21/x.exe 40 %"],
    ["proxy=user:hunter2@proxy.example:3128", "proxy=***@proxy.example:3128"],
    ["socks5h://a:hunter2@[::1]:80", "socks5h://***@[::1]:80"],
    ["https://h/x?token=hunter2#top", "https://h/x?token=***#top"],
    ["https://h/cb#access_token=hunter2&x=1", "https://h/cb#access_token=***&x=1"],
    ["'https://h/x?a=1&sig=hunter2' is down", "'https://h/x?a=1&sig=***' is down"],
    ["https://h/x?url=https://i/?token=hunter2", "https://h/x?url=https://i/?token=***"],
    // Properties and flags.
    ["setup.exe /PASSWORD=hunter2 /S", "setup.exe /PASSWORD=*** /S"],
    ["msiexec /i a.msi ACCOUNTPASSWORD=hunter2 /qn", "msiexec /i a.msi ACCOUNTPASSWORD=*** /qn"],
    ['msiexec PIDKEY="AAAA BBBB" /qn', "msiexec PIDKEY=*** /qn"],
    ['msiexec SAPWD="a ""b"" hunter2" X=1', "msiexec SAPWD=*** X=1"],
    ['"/v\\"TOKEN=\\"a hunter2\\" X=1\\""', '"/v\\"TOKEN=*** X=1\\""'],
    ["'/PASSWORD=hunter2 /S' is what Salt runs; it's quiet", "'/PASSWORD=*** /S' is what Salt runs; it's quiet"],
    ["'PASSWORD=hunter2' is what it's run with", "'PASSWORD=***' is what it's run with"],
    ['PASSWORD=ab"hunter2 c"', "PASSWORD=***"],
    ["agent --token hunter2 --quiet", "agent --token *** --quiet"],
    ["agent --enrollment-token=hunter2 -q", "agent --enrollment-token=*** -q"],
    ["setup /password hunter2 /s", "setup /password *** /s"],
    ["Install -Password hunter2", "Install -Password ***"],
    ["x.exe -p:hunter2 -q", "x.exe -p:*** -q"],
    ["plink -pw hunter2 host", "plink -pw *** host"],
    ["x.exe /Password:hunter2", "x.exe /Password:***"],
    ["LICENSE_KEY=AB-CD SERIALNUMBER=hunter2", "LICENSE_KEY=*** SERIALNUMBER=***"],
    ["TS_AUTHKEY=hunter2", "TS_AUTHKEY=***"],
    ["$env:API_KEY='hunter2'", "$env:API_KEY=***"],
    ["{% set password = 'hunter2' %}", "{% set password = *** %}"],
    // Settings.
    ["  db_password: hunter2", "  db_password: ***"],
    ["   12 |     - token: hunter2", "   12 |     - token: ***"],
    ["{'password': 'hunter2', 'a': 1}", "{'password': ***, 'a': 1}"],
    ["  surplus: {password: hunter2, a: 1}", "  surplus: {password: ***, a: 1}"],
    ['{"client_secret":"hunter2"}', '{"client_secret":***}'],
    // Headers and what shows itself.
    ["Authorization: Basic aHVudGVyMg==", "Authorization: ***"],
    ['curl -H "X-Api-Key: hunter2" x', 'curl -H "X-Api-Key: ***" x'],
    ["with ghp_0123456789abcdefghijABCDEFGHIJ", "with ***"],
  ])("%s", (text, shown) => {
    expect(withoutSecrets(text)).toBe(shown);
    expect(withoutSecrets(shown)).toBe(shown);
  });

  it.each([
    "https://h/x?keyboard=de&page=2#top",
    "mail me@host, or mailto:me@host",
    "git@github.com:org/repo.git",
    '"C:\\x.exe" /S /D=C:\\Program Files\\x',
    "unexpected token: end of line",
    "expected token 'end of statement block', got '='",
    "HIDEPASSWORDPROMPT=1 USEPASSWORD=no",
    "PASSWORD={{ pillar['app']['password'] }}",
    "--token-file C:\\token.txt",
    "a definition.sls:3:5: error: duplicate key",
    "msiexec /i x.msi ALLUSERS=1 KEYBOARD=de",
    "REGISTRYROOT=HKLM\\Software",
    "https://host/password/reset",
    "pass the password to the installer with a property",
  ])("leaves %s", (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it("looks once over a text of any kind", () => {
    const pumped = [
      "a",
      "?",
      "?token",
      "://",
      "://a@",
      "password",
      "PASSWORD=",
      "-password ",
      "/",
      "'",
      '"',
      'PASSWORD="',
      'PASSWORD=\\"',
    ];
    pumped.push(
      "x:y@",
      "{password",
      " ",
      "\n",
      "\npassword: ",
      "eyJ",
      "Bearer ",
      "x-token",
      "cookie:",
      "key",
      "=",
      "a-",
      '\\"',
    );
    // A pattern that looks again and again over what it has seen takes minutes for this, and the test's time limit ends it.
    for (const each of pumped) expect(withoutSecrets(each.repeat(300_000 / each.length)).length).toBeGreaterThan(0);
  });
});

describe("secrets in a value", () => {
  it("masks what stands under the name of a secret, and member names", () => {
    expect(
      withoutSecretsIn({
        password: "hunter2",
        tokens: ["hunter2", { a: "1.0", token: "hunter2" }],
        "https://u:hunter2@h/x": { ok: true, status: "failed" },
        "https://v:hunter2@h/x": 1,
        pin: 3,
        token_expire: 43_200,
        hasPassword: true,
        line: "a /PASSWORD=hunter2",
      }),
    ).toEqual({
      password: "***",
      tokens: ["***", { a: "1.0", token: "***" }],
      "https://***@h/x": { ok: true, status: "failed" },
      "https://***@h/x (2)": 1,
      pin: 3,
      token_expire: 43_200,
      hasPassword: true,
      line: "a /PASSWORD=***",
    });
  });

  it("finds the values of secrets wherever they stand", () => {
    rememberSecretsIn({
      pillar: { app: { api_key: "Corr3ct horse", users: { passwords: ["b@ttery#1"] } }, name: "visible" },
    });
    rememberSecret("short");
    expect(withoutSecrets('/X="Corr3ct horse" name=visible short')).toBe('/X="***" name=visible short');
    expect(withoutSecrets("https://h/b%40ttery%231 b@ttery#1")).toBe("https://h/*** ***");
  });
});
