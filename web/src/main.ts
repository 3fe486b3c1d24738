import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';
import './style.css';
import { i18n, speak, startingLanguage } from './words';

await speak(startingLanguage());
createApp(App).use(i18n).use(router).mount('#app');
