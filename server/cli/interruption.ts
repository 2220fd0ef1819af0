/** A person pressed Ctrl-C, twice where something was under way: it is left at once. */
export class Interruption extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Interruption';
  }
}

/** A launcher may pass on a signal that the terminal has sent to the whole process group: that is one press, not two. */
const onePressMs = 400;

export type InterruptListener = {
  /** Whether Ctrl-C was pressed. */
  readonly pressed: boolean;
  /** Rejects with an `Interruption` on the second press. */
  secondPress: Promise<never>;
  end(): void;
};

/** While it listens, Ctrl-C calls `first`, and the next one `secondPress`. SIGTERM counts as Ctrl-C. */
export function listenForInterrupt(first: () => void, message: string): InterruptListener {
  let pressedAt: number | null = null;
  const { promise: secondPress, reject } = Promise.withResolvers<never>();
  const press = () => {
    const now = performance.now();
    if (pressedAt === null) {
      pressedAt = now;
      first();
    } else if (now - pressedAt > onePressMs) {
      reject(new Interruption(message));
    }
  };
  process.on('SIGINT', press);
  process.on('SIGTERM', press);
  return {
    get pressed() {
      return pressedAt !== null;
    },
    secondPress,
    end() {
      process.off('SIGINT', press);
      process.off('SIGTERM', press);
    },
  };
}
