// What kosh announces, and the state that is fetched of it.
//
// A state is named by the run of kosh that made it and by its version, which grows within a run. The
// stream of events says which one there is; nothing is taken but that one or a later one of the same
// run. So an answer that comes late changes nothing, and a kosh that was started anew begins anew.

const FIRST = 250;
const LONGEST = 5000;
const PATIENCE = 20000;
// kosh says every five seconds what there is; a stream that says nothing for so long is no stream.
const SILENCE = 13000;

const pause = (ms, signal) => new Promise((done) => {
  const timer = setTimeout(done, ms);
  signal.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
});

// Asks until there is an answer that will do: one of which `read` makes something. Ends with
// undefined once it is no longer wanted.
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
  // `take` is given each new state; `told` is called when it is known to be behind, lost or back.
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
    // kosh says goodbye, or is gone without.
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
