/** The longest time that setTimeout can wait. */
const LONGEST = 0x7fff_ffff;

/** Clock is the driver's monotonic clock and the one timer that the core's deadline needs. */
export class Clock {
  private readonly zero = performance.now();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private armed = 0;

  constructor(private readonly fire: () => void) {}

  /** now is nanoseconds since the clock was made, plus one: 0 is "never" in a deadline. */
  now(): number {
    return Math.round((performance.now() - this.zero) * 1e6) + 1;
  }

  /** arm sets the one timer to a moment of this clock; 0 is never. */
  arm(deadline: number): void {
    if (deadline === this.armed && this.timer !== undefined) return;
    this.stop();
    if (deadline === 0) return;
    this.armed = deadline;
    const ms = Math.ceil((deadline - this.now()) / 1e6);
    this.timer = setTimeout(() => this.ring(), Math.min(Math.max(ms, 0), LONGEST));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.armed = 0;
  }

  // A timer may ring a little early, and at the longest time long before.
  private ring(): void {
    this.timer = undefined;
    if (this.now() < this.armed) this.arm(this.armed);
    else this.fire();
  }
}
