/** Words of draws and panels. */
export const panels = {
  "draws.how": ["抽取经过", "How it was drawn"],
  "draws.record": ["抽取记录", "Record"],
  "draws.save": ["下载抽取记录", "Save the record"],
  "draws.replay": [
    "把文件交给任何人，用本程序的“重演抽取”命令就能重新抽取并核对；文件改动一个字节也会被发现",
    "Run kechuang replay-draw with the file on any computer to draw again; one changed byte is found",
  ],
} as const;
