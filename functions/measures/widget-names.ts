/** What `dashboard-widget` can show: the dashboards name it, and the function takes no other. */
export const WIDGET_NAMES = [
  'longest-waiting',
  'slowest-nodes',
  'approver-load',
  'department-load',
  'money-in-flight',
] as const;

export type WidgetName = (typeof WIDGET_NAMES)[number];
