import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import components from 'unplugin-vue-components/vite';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const server = process.env['MUSTER_URL'] ?? 'http://127.0.0.1:8080';

// These belong to the server; the app and its service worker never answer for them.
const served = ['/api', '/openrosa', '/open311', '/healthz', '/readyz', '/metrics'];

export default defineConfig({
	resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
	plugins: [
		vue(),
		components({
			dirs: [],
			dts: 'src/components.d.ts',
			resolvers: [ElementPlusResolver({ importStyle: 'css', directives: false })],
		}),
		VitePWA({
			registerType: 'prompt',
			injectRegister: false,
			includeAssets: ['icon.svg'],
			manifest: {
				name: 'muster 应急集结',
				short_name: 'muster',
				lang: 'zh-CN',
				start_url: '/',
				display: 'standalone',
				background_color: '#f4f5f7',
				theme_color: '#ffffff',
				icons: [
					{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
					{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
					{ src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
				],
			},
			workbox: {
				globPatterns: ['**/*.{js,css,html,svg}'],
				navigateFallback: '/index.html',
				navigateFallbackDenylist: served.map((path) => new RegExp(`^${path}(/|$)`)),
				runtimeCaching: [],
			},
		}),
	],
	build: { outDir: '../build/web', emptyOutDir: true, target: 'es2022' },
	server: { proxy: Object.fromEntries(served.map((path) => [path, server])) },
});
