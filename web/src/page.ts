/** The page's entry: wires the document to the playground. */
import { openCore } from "./open.js";
import { byId } from "./dom.js";
import { Playground } from "./playground.js";
import { render } from "./render.js";
import { VariableFields } from "./variables.js";

/** Milliseconds without a key before the text is read. */
const PAUSE = 120;

const playground = new Playground(openCore, (view, before) => {
  render(view, before);
  fields.render(view.variables);
});
const fields = new VariableFields((name, value) => void playground.setVariable(name, value));
const config = byId("config", HTMLTextAreaElement);
const server = byId("server", HTMLSelectElement);

let pause: ReturnType<typeof setTimeout> | undefined;
config.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => void playground.edit(config.value), PAUSE);
});
server.addEventListener("change", () => void playground.choose(server.value));
byId("connect", HTMLButtonElement).addEventListener("click", () => void playground.connect());
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void playground.connect();
});
playground.warm();
