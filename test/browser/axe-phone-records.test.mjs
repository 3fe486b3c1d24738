// Accessibility of the lists and pages of records, on a phone, in English.
import { hold } from './axe.mjs';

hold('phone', 'en', 'records');
