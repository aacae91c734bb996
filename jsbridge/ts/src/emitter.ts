/** Emitter tells listeners. One that throws is reported as an uncaught error and harms no other. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  /** on adds a listener and returns what removes it. */
  on(listener: (value: T) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(value: T): void {
    for (const listener of [...this.listeners]) guarded(listener, value);
  }
}

/** guarded calls a listener; what it throws comes out of a turn of its own, not through the driver. */
export function guarded<T>(listener: (value: T) => void, value: T): void {
  try {
    listener(value);
  } catch (e) {
    queueMicrotask(() => {
      throw e;
    });
  }
}
