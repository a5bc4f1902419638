/** What is kept with the file of a receipt: what was read in it when it arrived, and what the register of invoices said. */
import * as z from 'zod';
import { MAX_NOTE_CHARACTERS } from '../../attachments/port.ts';
import { REGISTER_ANSWERS } from '../../connectors/tax/port.ts';
import type { Verification } from '../domain/verification.ts';

const noteSchema = z.object({
  /** Texts of the QR codes of invoices in a picture. */
  codes: z.array(z.string()).default([]),
  /** SHA-256 of the file, hexadecimal; absent: it was kept by an earlier version. */
  sha256: z.string().optional(),
  /** Of each invoice of the file, in the order of its codes; none: the company asks no register. */
  verified: z.array(z.enum([...REGISTER_ANSWERS, 'unavailable'])).default([]),
});
export type ReceiptNote = z.infer<typeof noteSchema>;

export function noteText(note: ReceiptNote): string {
  return JSON.stringify(note);
}

export function readNote(text = '{}'): ReceiptNote {
  return noteSchema.parse(JSON.parse(text));
}

/** As many codes as can be kept, each with an answer. */
export function fittingCodes(codes: readonly string[]): readonly string[] {
  const sizeOf = (some: readonly string[]) =>
    noteText({ sha256: 'f'.repeat(64), codes: [...some], verified: some.map(() => LONGEST) }).length;
  return codes.filter((_code, index) => sizeOf(codes.slice(0, index + 1)) <= MAX_NOTE_CHARACTERS);
}

const LONGEST = 'red-lettered' satisfies Verification;
