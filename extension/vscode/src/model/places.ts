/** Where configuration files are, in this workspace and on this machine. */
import type { Place } from "../core/client.js";

/** A folder of the workspace. */
export interface Folder {
  uri: string;
  name: string;
}

/** What of the files is looked at. Addresses are URIs as text. */
export interface Disk {
  /** The address of something below an address. Parts are separated by "/". */
  join(uri: string, path: string): string;
  /** The address of a whole path of this machine. */
  at(path: string): string;
  /** The whole path of this machine that an address is; "" where it is none. */
  path(uri: string): string;
  /** Whether there is such a file. */
  has(uri: string): Promise<boolean>;
  /** The names in a folder; none where there is no such folder. */
  list(uri: string): Promise<string[]>;
  /** Rejects where it cannot be read. */
  read(uri: string): Promise<Uint8Array>;
  /** Whether others on this machine can read it. */
  exposed(uri: string): Promise<boolean>;
}

/** What is known of where one is. */
export interface Where {
  folders: readonly Folder[];
  /** The person's home; undefined where the machine's files are out of reach. */
  home: string | undefined;
  variable(name: string): string | undefined;
  disk: Disk;
}

/** A place of a client in this window: base is an address, and parts below it may have "*" for any name. */
export interface Spot {
  place: Place;
  /** "project" for a file of the workspace: it may be anybody's. */
  scope: string;
  base: string;
  parts: string[];
  folder: Folder | undefined;
}

/** A configuration file that is there. */
export interface Found {
  uri: string;
  /** How messages call it: ".mcp.json", "~/.cursor/mcp.json". */
  path: string;
  /** The folder that it is in, whole; "" where this machine has no such folder. */
  dir: string;
  scope: string;
  place: Place;
  /** The other clients that read it. */
  also: string[];
}

/** All spots of the survey's places, in its order. */
export function spots(places: readonly Place[], where: Where): Spot[] {
  return places.flatMap((place) => {
    const path = expanded(place.path, where);
    if (path === undefined) return [];
    if (!isWhole(path)) return where.folders.map((folder) => ({ place, scope: "project", base: folder.uri, parts: path.split("/"), folder }));
    return where.home === undefined ? [] : [machineSpot(place, path, where.disk)];
  });
}

/** The files that are there, each once: as the first client that reads it does. */
export async function discover(all: readonly Spot[], where: Where): Promise<Found[]> {
  const uris = await Promise.all(all.map((spot) => matches(spot.base, spot.parts, where.disk)));
  const found = new Map<string, Found>();
  for (const [i, spot] of all.entries()) for (const uri of uris[i] ?? []) add(found, spot, uri, where);
  return [...found.values()];
}

function add(found: Map<string, Found>, { place, scope }: Spot, uri: string, where: Where): void {
  const known = found.get(uri);
  if (!known) {
    const folder = where.folders.find((one) => uri.startsWith(`${one.uri}/`));
    const path = shown(uri, folder, where);
    found.set(uri, { uri, path, dir: parent(where.disk.path(uri)), scope: folder ? "project" : scope, place, also: [] });
  } else if (known.place.client !== place.client && !known.also.includes(place.client)) known.also.push(place.client);
}

function machineSpot(place: Place, path: string, disk: Disk): Spot {
  const parts = path.split("/");
  const star = parts.findIndex((part) => part.includes("*"));
  const cut = star < 0 ? parts.length - 1 : star;
  return { place, scope: place.scope, base: disk.at(parts.slice(0, cut).join("/") || "/"), parts: parts.slice(cut), folder: undefined };
}

/** Puts the home and the environment in; undefined where one of them is not there. */
function expanded(path: string, { home, variable }: Where): string | undefined {
  let whole = true;
  const put = (value: string | undefined) => {
    whole &&= value !== undefined && value !== "";
    return slashed(value ?? "");
  };
  const text = path.replace(/^~(?=\/)/, () => put(home)).replace(/\$\{(\w+)\}/g, (_, name: string) => put(home && variable(name)));
  return whole ? text : undefined;
}

async function matches(base: string, parts: readonly string[], disk: Disk): Promise<string[]> {
  const star = parts.findIndex((part) => part.includes("*"));
  if (star < 0) {
    const uri = disk.join(base, parts.join("/"));
    return (await disk.has(uri)) ? [uri] : [];
  }
  const folder = star === 0 ? base : disk.join(base, parts.slice(0, star).join("/"));
  const pattern = new RegExp(`^${(parts[star] ?? "").split("*").map(escaped).join(".*")}$`);
  const names = (await disk.list(folder)).filter((name) => pattern.test(name)).sort();
  const rest = parts.slice(star + 1);
  return (await Promise.all(names.map((name) => matches(folder, [name, ...rest], disk)))).flat();
}

function shown(uri: string, folder: Folder | undefined, { folders, home, disk }: Where): string {
  if (folder) {
    const path = decodeURIComponent(uri.slice(folder.uri.length + 1));
    return folders.length > 1 ? `${folder.name}/${path}` : path;
  }
  const path = disk.path(uri);
  const own = home === undefined ? "" : slashed(home);
  return own !== "" && slashed(path).startsWith(`${own}/`) ? `~${slashed(path).slice(own.length)}` : path;
}

function isWhole(path: string): boolean {
  return /^(\/|[A-Za-z]:)/.test(path);
}

function parent(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "");
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}
