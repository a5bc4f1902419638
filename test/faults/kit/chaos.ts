/**
 * What goes wrong in a run, and where. A place is named after what happens there and counted (`CreateOrder
 * erp.createOrder 2`), so that a fault stays at its place when the steps before it are left out, and a replay can be read.
 */
import { chances, chancesOf, drawFrom } from './chance.ts';

/** Kind of fault by place. */
export type Faults = { readonly [place: string]: string };

/** The most that a family of faults strikes, as a share of the places where it could. */
export type Rates = { readonly [family: string]: number };

/** Some runs meet nothing of a family, so that what the others do is seen by itself. */
const SPARED = 0.3;

/** Says at each place whether something goes wrong, and remembers what did. */
export class Chaos {
  /** From now on nothing goes wrong any more. */
  isOver = false;
  private readonly counts = new Map<string, number>();
  private readonly strikes: { [place: string]: string } = {};
  private readonly decide: (family: string, place: string, kinds: readonly string[]) => string | undefined;

  private constructor(decide: Chaos['decide']) {
    this.decide = decide;
  }

  /** The seed decides, for each place by itself. */
  static drawn(seed: number, rates: Rates): Chaos {
    const chance = chances(seed ^ 0x5eed);
    const shares = new Map(
      Object.entries(rates).map(([family, most]) => [family, chance() < SPARED ? 0 : chance() * most]),
    );
    return new Chaos((family, place, kinds) => {
      const chanceHere = chancesOf(seed, place);
      return chanceHere() < (shares.get(family) ?? 0) ? kinds[drawFrom(chanceHere)(kinds.length)] : undefined;
    });
  }

  /** Exactly these faults, and no others. */
  static given(faults: Faults): Chaos {
    return new Chaos((_family, place) => faults[place]);
  }

  /** What happens at this place, which is passed once more; undefined: nothing. */
  at<Kind extends string>(family: string, place: string, kinds: readonly Kind[]): Kind | undefined {
    if (this.isOver) {
      return undefined;
    }
    const count = (this.counts.get(place) ?? 0) + 1;
    this.counts.set(place, count);
    const counted = `${place} ${count}`;
    const decided = this.decide(family, counted, kinds);
    const kind = kinds.find((candidate) => candidate === decided);
    if (kind !== undefined) {
      this.strikes[counted] = kind;
    }
    return kind;
  }

  /** All that went wrong so far: given again, the same goes wrong. */
  struck(): Faults {
    return { ...this.strikes };
  }
}
