import path from "node:path";
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from "playwright-core";

const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** VS Code's window, driven as a person does: by keys and by what is seen. */
export class Workbench {
  readonly #browser: Browser;

  private constructor(
    browser: Browser,
    readonly page: Page,
  ) {
    this.#browser = browser;
  }

  static async open(url: string, folder: string): Promise<Workbench> {
    const browser = await chromium.launch({
      executablePath: browserPath,
      args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
    });
    const page = await browser.newPage({ viewport: { width: 1400, height: 860 } });
    page.setDefaultTimeout(60_000);
    await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench .explorer-folders-view").waitFor();
    return new Workbench(browser, page);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press("Control+P");
    await this.quickInput.fill(name);
    await this.pick(name);
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
  }

  /** Runs a command of the palette by its title. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.quickInput.fill(`>${title}`);
    await this.pick(title);
  }

  /** Takes the entry of the open list that has this text. */
  async pick(text: string): Promise<void> {
    await this.entries.filter({ hasText: text }).first().click();
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:not([style*="display: none"]) input[type="text"]');
  }

  get entries(): Locator {
    return this.page.locator('.quick-input-widget:not([style*="display: none"]) .quick-input-list .monaco-list-row');
  }

  get notifications(): Locator {
    return this.page.locator(".notification-list-item-message");
  }

  get dialog(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }

  get statusBar(): Locator {
    return this.page.locator(".statusbar");
  }

  get squiggles(): Locator {
    return this.page.locator(".squiggly-error, .squiggly-warning");
  }

  /** The entries of the light bulb's menu. */
  get codeActions(): Locator {
    return this.page.locator(".action-widget .monaco-list-row.action");
  }

  /** The lines of the editor with focus, as a person reads them. */
  get editorText(): Locator {
    return this.page.locator(".editor-instance .view-lines").first();
  }

  /** The entries of the Problems panel. */
  async problems(): Promise<Locator> {
    await this.run("Problems: Focus on Problems View");
    return this.page.locator(".markers-panel .monaco-list-row");
  }

  /** The content of the (only) webview. */
  get webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  }

  /** Puts the cursor on a line of the editor. */
  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press("Control+G");
    await this.quickInput.fill(`:${line}`);
    await this.page.keyboard.press("Enter");
  }
}
