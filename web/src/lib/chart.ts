import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/* Bars and lines, nothing else. This file is the only one that brings ECharts in. */
use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

export type Option = Parameters<EChartsType['setOption']>[0];

export function drawOn(element: HTMLElement): EChartsType {
	return init(element, null, { renderer: 'svg' });
}
