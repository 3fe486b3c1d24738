// Accessibility of the lists and pages of records, at a desk, in Chinese.
import { hold } from './axe.mjs';

hold('desk', 'zh', 'records');
