// What a person does in the workbench, as functions of a page.

export class Workbench {
  constructor(page) {
    this.page = page;
  }

  async open(url) {
    await this.page.goto(url);
    await this.page.locator(".monaco-workbench").waitFor({ timeout: 60000 });
  }

  async openHeadfast() {
    const icon = this.page.locator('.activitybar .action-label[aria-label*="Headfast"]').first();
    await icon.waitFor({ timeout: 60000 });
    await icon.click();
    await this.#widen();
  }

  // Draws the side bar's edge to the right, so that a whole line can be read on a screenshot.
  async #widen() {
    const { x, width, y } = await this.page.locator(".part.sidebar").boundingBox();
    await this.page.mouse.move(x + width, y + 300);
    await this.page.mouse.down();
    await this.page.mouse.move(x + width + 200, y + 300, { steps: 4 });
    await this.page.mouse.up();
    await this.page.mouse.move(x + width + 400, y + 300);
  }

  // A row of the tree by what it shows.
  row(text) {
    return this.page.locator(".pane-body .monaco-list-row", { hasText: text }).first();
  }

  async see(text, timeout = 20000) {
    await this.row(text).waitFor({ timeout });
  }

  // A row that is drawn anew while the mouse rests on it shows its actions when the mouse comes again.
  async inlineAction(text, action) {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.page.mouse.move(800, 600);
        await this.row(text).hover({ timeout: 5000 });
        return await this.row(text).getByRole("button", { name: action, exact: true }).click({ timeout: 2000 });
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  // The dialog that asks whether an entry may act. Gives what it says, after choosing a button.
  async answer(button) {
    const dialog = this.page.locator(".monaco-dialog-box");
    await dialog.waitFor({ timeout: 10000 });
    const text = await dialog.innerText();
    await dialog.getByRole("button", { name: button }).click();
    await dialog.waitFor({ state: "detached" });
    return text;
  }

  // Writes a text in the place of the active editor's, and saves it. Brackets that the editor closed by itself are behind
  // the cursor, and go.
  async replaceText(text) {
    await this.page.locator(".editor-instance .view-lines").first().click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press("ControlOrMeta+Shift+End");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.press("ControlOrMeta+s");
  }

  // Opens a file of the folder by its name. F1, since Ctrl+P is the browser's where the editor has no focus yet.
  async openFile(name) {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.page.keyboard.press("F1");
        await this.page.locator(".quick-input-widget input[type=text]").first().fill(name, { timeout: 3000 });
        const entry = this.page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first();
        await entry.click({ timeout: 5000 });
        return await this.page.locator(".tab.active", { hasText: name }).waitFor({ timeout: 10000 });
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  // The palette can lose the focus while extensions start: try again.
  async command(title) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#palette(title);
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press("Escape");
        await this.page.waitForTimeout(500);
      }
    }
  }

  async #palette(title) {
    await this.page.keyboard.press("F1");
    await this.page.locator(".quick-input-widget input[type=text]").first().fill(`>${title}`, { timeout: 3000 });
    const entry = this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
    await entry.waitFor({ timeout: 5000 });
    await entry.click();
  }
}
