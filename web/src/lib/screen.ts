import { ref } from 'vue';

/* Whether this is a phone's width, as style.css draws the line. */
const narrow = matchMedia('(width < 768px)');
export const phone = ref(narrow.matches);
narrow.addEventListener('change', () => { phone.value = narrow.matches; });
