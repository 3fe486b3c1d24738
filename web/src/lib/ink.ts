/* The colours of a chart, for ECharts cannot read CSS variables. */
export const ink = { text: '#4b5560', strong: '#1c2228', line: '#d9dee4', soft: '#e9ecf0', accent: '#1f5aa8' };
