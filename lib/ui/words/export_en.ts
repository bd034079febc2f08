/** The texts of `/admin/export`. */
export const exportEn = {
  title: "Export",
  lead: "Download what was recorded, for spreadsheets and scripts.",
  what: "Contents",
  entities: {
    attempts: { name: "Attempts", hint: "One row per attempt, with its review" },
    events: { name: "Events", hint: "One row per event" },
    reviews: { name: "Reviews", hint: "Ratings and comments" },
  },
  format: "Format",
  formats: {
    csv: { name: "CSV", hint: "Opens in Excel, Korean included" },
    json: { name: "JSON", hint: "For scripts and notebooks" },
  },
  scope: "Which ones",
  mission: "Mission",
  allMissions: "All missions",
  period: "Period",
  from: "From",
  to: "To",
  periodHint: (zone: string) => `Whole days in ${zone}. Leave empty for everything.`,
  download: "Download",
  privacyTitle: "Before you share a file",
  privacyWords: "Comments are visitors' own words and may name people.",
  privacyFormulas: "Cells that a spreadsheet would run as a formula are made plain text.",
};
