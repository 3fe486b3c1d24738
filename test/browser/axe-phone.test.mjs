// Accessibility on a phone, in English.
import { hold } from './axe.mjs';

hold('phone', 'en');
