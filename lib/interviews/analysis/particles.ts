const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
/** Syllables that differ in their last consonant alone, the one without it first. */
const ENDINGS = 28;

/**
 * A Korean word with the particle that its last syllable asks for: one form stands after a
 * consonant, the other after a vowel, and after what is no Hangul.
 */
export function withParticle(word: string, form: { consonant: string; vowel: string }): string {
  const last = word.charCodeAt(word.length - 1);
  const isHangul = last >= FIRST_SYLLABLE && last <= LAST_SYLLABLE;
  const endsInConsonant = isHangul && (last - FIRST_SYLLABLE) % ENDINGS !== 0;
  return word + (endsInConsonant ? form.consonant : form.vowel);
}
