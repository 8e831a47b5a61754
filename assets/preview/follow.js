// Follows the states that kosh announces, and fetches them.
//
// A state is identified by the run of kosh that made it and by its version, which grows within a run.
// The stream of events says which state is current; only that one or a later one of the same run is
// accepted. So an answer that arrives late changes nothing, and after a restart of kosh the page starts again.

const FIRST = 250;
const LONGEST = 5000;
const PATIENCE = 20000;
// kosh sends an event every five seconds; a stream that is silent for this long is considered broken.
const SILENCE = 13000;

const pause = (ms, signal) => new Promise((done) => {
  const timer = setTimeout(done, ms);
  signal.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
});

// Asks again and again until `read` makes something of an answer. Returns undefined once it is no
// longer wanted.
export async function insist(address, signal, read) {
  for (let wait = FIRST; !signal.aborted; wait = Math.min(2 * wait, LONGEST)) {
    const within = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    const made = await fetch(address, { signal: within }).then(read).catch(() => undefined);
    if (signal.aborted) break;
    if (made !== undefined) return made;
    await pause(wait, signal);
  }
  return undefined;
}

const reaches = (state, told) => Boolean(state && told) && state.run === told.run && state.version >= told.version;

export class Follow {
  // `take` is called with each new state; `told` is called when the state is known to be old, lost or back.
  constructor(take, told) {
    this.take = take;
    this.tell = told;
    this.told = null;
    this.state = null;
    this.asking = null;
    this.isLost = false;
  }

  // Whether the state is the one that was announced last.
  get isCurrent() {
    return reaches(this.state, this.told);
  }

  listen() {
    const events = new EventSource("events");
    let silence = null;
    const lost = () => {
      clearTimeout(silence);
      events.close();
      this.isLost = true;
      this.tell();
      setTimeout(() => this.listen(), 1000);
    };
    const wait = () => {
      clearTimeout(silence);
      silence = setTimeout(lost, SILENCE);
    };
    wait();
    events.addEventListener("version", (event) => {
      wait();
      const [run, version] = event.data.split(" ");
      this.hear({ run, version: Number(version) });
    });
    // kosh announces its end, or ends without.
    events.addEventListener("end", lost);
    events.addEventListener("error", lost);
  }

  hear(told) {
    const isNews = !reaches(this.told, told);
    const wasLost = this.isLost;
    this.told = told;
    this.isLost = false;
    if (isNews && !this.isCurrent) this.ask(told);
    if (isNews || wasLost) this.tell();
  }

  async ask(told) {
    this.asking?.abort();
    const { signal } = (this.asking = new AbortController());
    const state = await insist("state", signal, async (answer) => {
      const made = answer.ok ? await answer.json() : null;
      return reaches(made, told) ? made : undefined;
    });
    if (!state) return;
    this.state = state;
    this.take(state);
  }
}
