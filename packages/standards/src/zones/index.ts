export { isZone, zoneTable } from './zone-table.ts';
