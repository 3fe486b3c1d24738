// Accessibility at a desk, in Chinese.
import { hold } from './axe.mjs';

hold('desk', 'zh');
