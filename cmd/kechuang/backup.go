package main

import (
	"errors"

	"kechuang/internal/store"
)

type backupCommand struct {
	DB   string `default:"sqlite:data/kechuang.db" env:"KECHUANG_DB" help:"Database: sqlite:FILE"`
	File string `arg:"" type:"path" help:"The new file."`
}

// Run copies the database while it is in use.
func (c *backupCommand) Run(e *env) error {
	db, err := store.Open(e.ctx, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Backup(e.ctx, c.File); errors.Is(err, store.ErrNoBackup) {
		e.say("PostgreSQL 请用 pg_dump 或者服务器自带的归档备份", "Back PostgreSQL up with pg_dump or its own archiving")
		return errFound
	} else if err != nil {
		return err
	}
	e.say("已备份到 %s。签名密钥不在其中，请另行保存", "Backed up to %s. The signing key is not in it; keep it apart", c.File)
	return nil
}
