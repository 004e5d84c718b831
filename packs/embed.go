// Package packs carries the reference city's policy inside the binary. A city that keeps its own folder runs with --pack DIR instead.
//
//	pack, problems := policy.Load(packs.Shenyang())
package packs

import (
	"embed"
	"io/fs"
)

//go:embed all:shenyang all:start
var files embed.FS

// Shenyang is the pack of the reference city, as policy.Load reads it.
func Shenyang() fs.FS {
	sub, err := fs.Sub(files, "shenyang")
	if err != nil {
		panic("packs: the embedded folder is missing: " + err.Error())
	}
	return sub
}

// shared is what a pack that begins has from the reference city: what is national, or the same everywhere.
var shared = []string{"calendar/*.yaml", "taxonomies/fields.yaml", "blocks/notice.yaml", "blocks/appeal.yaml", "templates/page.html", "templates/review_decision.html"}

// Start is the files of the pack that another city begins with: one mechanism that works, and all it needs.
func Start() (map[string][]byte, error) {
	own, err := fs.Sub(files, "start")
	if err != nil {
		return nil, err
	}
	out, err := Files(own)
	if err != nil {
		return nil, err
	}
	for _, pattern := range shared {
		names, err := fs.Glob(Shenyang(), pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if out[name], err = fs.ReadFile(Shenyang(), name); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// Files is all files of a folder, by name.
func Files(dir fs.FS) (map[string][]byte, error) {
	out := map[string][]byte{}
	return out, fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out[name], err = fs.ReadFile(dir, name)
		}
		return err
	})
}
