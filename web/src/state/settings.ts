import { ref, watch } from 'vue';
import { keep, kept } from '@/lib/store';
import { moneyText, scaledText } from '@/lib/number';

/* What the reader chose for this browser. */

export const inWan = ref(kept('wan', false));
watch(inWan, (now) => keep('wan', now));

export const count = (value: number | null | undefined, scale = 0): string => scaledText(value, scale, inWan.value);
export const money = (fen: number | null | undefined): string => moneyText(fen, inWan.value);
