// Accessibility of pages made by hand, dialogues, menus and states, on a phone, in English.
import { hold } from './axe.mjs';

hold('phone', 'en', 'pages');
