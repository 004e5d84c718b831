// Package packs carries the reference city's policy inside the binary. A city that keeps its own folder runs with --pack DIR instead.
//
//	pack, problems := policy.Load(packs.Shenyang())
package packs

import (
	"embed"
	"io/fs"
)

//go:embed all:shenyang
var files embed.FS

// Shenyang is the pack of the reference city, as policy.Load reads it.
func Shenyang() fs.FS {
	sub, err := fs.Sub(files, "shenyang")
	if err != nil {
		panic("packs: the embedded folder is missing: " + err.Error())
	}
	return sub
}
