/** Element that holds the props of all islands of a page, in the order of their `data-props`. */
export const ISLAND_DATA_ID = "island-data";
