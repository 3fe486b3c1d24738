// Accessibility of pages made by hand, dialogues, menus and states, at a desk, in Chinese.
import { hold } from './axe.mjs';

hold('desk', 'zh', 'pages');
