/** How many times as long as usual things may take: KECHUANG_PATIENCE, for a machine that is busy with other work. */
export const patience = Number(process.env.KECHUANG_PATIENCE ?? 1);
