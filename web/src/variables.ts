/** The fields for variables. A field lives as long as its variable is asked for, so typing keeps the focus. */
import { byId, el } from "./dom.js";
import type { Variable } from "./view.js";

export class VariableFields {
  readonly #fields = new Map<string, HTMLElement>();

  constructor(private readonly typed: (name: string, value: string) => void) {}

  render(variables: Variable[]): void {
    const rows = variables.map((variable) => this.#row(variable));
    const box = byId("variables", HTMLElement);
    if (rows.length !== box.children.length || rows.some((row, i) => row !== box.children[i])) box.replaceChildren(...rows);
  }

  #row({ name, set }: Variable): HTMLElement {
    const row = this.#fields.get(name) ?? this.#make(name);
    const state = row.querySelector("output");
    if (state) {
      state.textContent = set ? "set" : "not set";
      state.className = set ? "ok" : "warn";
    }
    return row;
  }

  #make(name: string): HTMLElement {
    const id = `variable-${name}`;
    const input = el("input", { id, type: "password", autocomplete: "off", spellcheck: "false" });
    input.addEventListener("input", () => this.typed(name, input.value));
    const label = el("label", { for: id, class: "code" }, name);
    const row = el("div", { class: "variable" }, label, input, el("output", { for: id }));
    this.#fields.set(name, row);
    return row;
  }
}
