import { describe, expect, it } from "vitest";
import { DiagnosticSeverity, DiagnosticTag, MarkupContent } from "vscode-languageserver-types";
import type { SaltRole } from "../../../../engine/config/salt-options.js";
import { codeActions } from "../../../../server/languages/salt-config/code-actions.js";
import { completion } from "../../../../server/languages/salt-config/completion.js";
import { diagnostics } from "../../../../server/languages/salt-config/diagnostics.js";
import { SaltConfigDocument } from "../../../../server/languages/salt-config/document.js";
import { hover } from "../../../../server/languages/salt-config/hover.js";
import { fullClient } from "../../clients.js";
import { atCursor } from "../../cursor.js";

const uri = "file:///etc/salt/minion";

function open(text: string, role: SaltRole = "minion"): SaltConfigDocument {
  return new SaltConfigDocument(uri, 3, role, text);
}

function completions(marked: string, role?: SaltRole) {
  const { text, offset } = atCursor(marked);
  return completion(open(text, role), offset, fullClient);
}

const labelsAt = (marked: string, role?: SaltRole) => completions(marked, role).map(({ label }) => label);

function hoverAt(marked: string): string | undefined {
  const { text, offset } = atCursor(marked);
  const contents = hover(open(text), offset, fullClient)?.contents;
  return MarkupContent.is(contents) ? contents.value : undefined;
}

/** The text after the quick fixes at the cursor, each with its title. */
function fixedAt(marked: string): { title: string; text: string }[] {
  const { text, offset } = atCursor(marked);
  const document = open(text);
  const shown = diagnostics(document, fullClient);
  return codeActions(document, { range: { start: offset, end: offset }, diagnostics: shown }, fullClient).map(
    (action) => {
      expect(action.diagnostics).toHaveLength(1);
      const [change] = action.edit?.documentChanges ?? [];
      if (!change || !("edits" in change)) throw new Error("no edits");
      expect(change.textDocument).toEqual({ uri, version: 3 });
      const [edit] = change.edits;
      if (!edit || !("newText" in edit)) throw new Error("no edit");
      const { lines } = document;
      const at = (place: { line: number; character: number }) => lines.startOf(place.line) + place.character;
      return {
        title: action.title,
        text: text.slice(0, at(edit.range.start)) + edit.newText + text.slice(at(edit.range.end)),
      };
    },
  );
}

describe("problems of Salt's configuration", () => {
  it("marks a misspelt, a renamed and a mistyped option where they stand", () => {
    const text = "id: box\nwinrepo_brnch: main\nwin_repo: /srv/repo\nwinrepo_ssl_verify: maybe\n";
    expect(diagnostics(open(text), fullClient)).toMatchObject([
      {
        code: "salt-option-unknown",
        message: expect.stringContaining("Did you mean 'winrepo_branch'?"),
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 13 } },
        source: "winrepo",
      },
      { code: "salt-option-renamed", tags: [DiagnosticTag.Deprecated], range: { start: { line: 2, character: 0 } } },
      {
        code: "salt-option-type",
        severity: DiagnosticSeverity.Error,
        range: { start: { line: 3, character: 20 }, end: { line: 3, character: 25 } },
      },
    ]);
  });

  it("marks a remote that Salt would not take", () => {
    const [problem] = diagnostics(
      open("winrepo_remotes_ng:\n  - https://example.com/good.git\n  - not a url\n"),
      fullClient,
    );
    expect(problem).toMatchObject({ code: "remote-url", range: { start: { line: 2, character: 4 } } });
  });

  it("says nothing of Salt's other options, nor of an empty file", () => {
    expect(diagnostics(open("master: salt.example.com\nlog_level: info\n"), fullClient)).toEqual([]);
    expect(diagnostics(open("# nothing yet\n"), fullClient)).toEqual([]);
  });
});

describe("quick fixes of Salt's configuration", () => {
  it("gives an old option its new name", () => {
    expect(fixedAt("win_gitre█pos:\n  - https://example.com/a.git\n")).toEqual([
      { title: "Rename to 'winrepo_remotes'", text: "winrepo_remotes:\n  - https://example.com/a.git\n" },
    ]);
  });

  it("gives a misspelt option the name that was meant", () => {
    expect(fixedAt("winrepo_brnch█: main\n").map(({ text }) => text)).toEqual(["winrepo_branch: main\n"]);
  });

  it("writes no option twice", () => {
    expect(fixedAt("win_re█po: /srv/old\nwinrepo_dir: /srv/new\n")).toEqual([]);
  });

  it("offers nothing elsewhere, and nothing but quick fixes", () => {
    expect(fixedAt("win_repo: /srv/old\nid: b█ox\n")).toEqual([]);
    const range = { start: 0, end: 0 };
    expect(
      codeActions(open("win_repo: /srv\n"), { range, diagnostics: [], only: ["source.fixAll"] }, fullClient),
    ).toEqual([]);
  });
});

describe("completion in Salt's configuration", () => {
  it("offers the options that are not set yet, half typed or whole", () => {
    expect(labelsAt("winrepo_branch: main\n█")).toContain("winrepo_remotes_ng");
    expect(labelsAt("winrepo_branch: main\nwinrepo_█")).not.toContain("winrepo_branch");
    expect(labelsAt("winrepo_branch█: main")).toContain("winrepo_branch");
  });

  it("counts an option under its old name as set", () => {
    expect(labelsAt("win_repo: /srv\n█")).not.toContain("winrepo_dir");
  });

  it("offers a master nothing that only a minion reads", () => {
    expect(labelsAt("█", "minion")).toContain("winrepo_source_dir");
    expect(labelsAt("█", "master")).not.toContain("winrepo_source_dir");
  });

  it("begins a list where the option is one, unless its colon is there", () => {
    const remotes = (marked: string) => completions(marked).find(({ label }) => label === "winrepo_remotes_ng");
    expect(remotes("winrepo█")?.insertText).toBe("winrepo_remotes_ng:\n  - ");
    expect(remotes("winrepo█: []")?.insertText).toBe("winrepo_remotes_ng");
  });

  it("offers the values of an option that has only some", () => {
    expect(labelsAt("winrepo_ssl_verify: █")).toEqual(["True", "False"]);
    expect(labelsAt("winrepo_provider: █")).toEqual(["pygit2", "gitpython"]);
    expect(labelsAt("winrepo_branch: █")).toEqual([]);
  });

  it.each(["winrepo_remotes:\n  █", "winrepo_remotes:\n- █", "file_roots:\n  base:\n    - █", "# winrepo█"])(
    "offers nothing at %j",
    (marked) => {
      expect(labelsAt(marked)).toEqual([]);
    },
  );
});

describe("hover in Salt's configuration", () => {
  it("says what an option means and what Salt takes without it", () => {
    expect(hoverAt("winrepo_br█anch: main")).toMatch(/Branch or tag[\s\S]*Default: `"master"`/);
    expect(hoverAt("winrepo_source█_dir: salt://x/")).toContain("minion)");
  });

  it("explains an old name by its new one", () => {
    expect(hoverAt("win_gitre█pos: []")).toContain("`winrepo_remotes`");
  });

  it("says nothing of values, other options and keys below", () => {
    expect(hoverAt("winrepo_branch: ma█in")).toBeUndefined();
    expect(hoverAt("log_le█vel: info")).toBeUndefined();
    expect(hoverAt("schedule:\n  winrepo_br█anch: x")).toBeUndefined();
  });
});
