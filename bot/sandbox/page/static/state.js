// What this tab knows: the screen of one person, as the server last told it.

export const APP = "app"; // the place that shows Bifocal's home tab and direct messages

export const state = {
  me: "",
  team: "",
  now: 0,
  next: 0, // number of the first event that is not yet shown
  people: new Map(),
  named: {},
  channels: new Map(), // id -> channel, its messages a Map by ts
  views: [],
  command: null,
  usage: [],
  shortcuts: [],
  pictures: "", // where the fake Slack keeps pictures
  home: null,
  steps: null, // {lead, customer}: who takes the three steps, where the page has them
  opens: "", // where the page opens when its address names no channel: channel/ts
  place: "",
  thread: null, // ts of the parent whose thread is open
  unread: new Set(),
};

/** Take over a whole screen. */
export function take(screen) {
  state.me = screen.me;
  state.team = screen.team;
  state.now = screen.now;
  state.next = screen.next;
  state.people = new Map(screen.people.map((person) => [person.id, person]));
  state.named = screen.named;
  state.channels = new Map(screen.channels.map((channel) => [channel.id, opened(channel, channel.messages)]));
  state.views = screen.views;
  state.command = screen.command;
  state.usage = screen.usage;
  state.shortcuts = screen.shortcuts;
  state.home = screen.home;
  state.steps = screen.steps;
  state.pictures = screen.pictures;
  state.opens = screen.opens;
  state.thread = null;
  state.unread = new Set();
}

function opened(channel, messages) {
  return { ...channel, messages: new Map(messages.map((message) => [message.ts, message])) };
}

/** Take over one message; gives its channel. */
export function takeMessage({ channel, message }) {
  const known = state.channels.get(channel.id);
  const place = known ? Object.assign(known, channel) : opened(channel, []);
  state.channels.set(channel.id, place);
  place.messages.set(message.ts, message);
  return place;
}

/** The channel that is shown, or undefined; at the app's place the direct messages. */
export function here() {
  return state.place === APP ? directMessages() : state.channels.get(state.place);
}

/** The direct messages with the bot, once there are any. */
export function directMessages() {
  return [...state.channels.values()].find((channel) => channel.kind === "im");
}

/** The messages of a channel that stand in the channel itself, or under one parent, oldest first. */
export function standing(channel, parent = null) {
  if (!channel) return [];
  const wanted = (message) => (message.thread_ts ?? null) === parent;
  return [...channel.messages.values()].filter(wanted).sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** Who somebody is, also after they left. */
export function person(id) {
  return state.people.get(id) ?? { id, name: "Somebody", zone: "UTC", role: "", bot: false };
}

export const me = () => person(state.me);
