/** All features, in the order in which they are added: one line each. */
import type { Feature } from "./context.js";
import { editor } from "./editor/index.js";
import { explain } from "./explain/index.js";
import { inputs } from "./inputs/index.js";
import { servers } from "./servers/index.js";
import { trust } from "./trust/index.js";

export const features: Feature[] = [
  servers,
  trust,
  inputs,
  editor,
  explain,
];
