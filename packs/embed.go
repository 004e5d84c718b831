// Package packs carries policy inside the binary: the reference city's, and what is the same in every city of the country.
//
//	pack, problems := policy.Load(packs.Shenyang())
//	pack, problems := policy.Load(packs.Open(os.DirFS("my_city")))
//
// A pack that says `base: national` in its pack.yaml has the files of the folder national as if they were its own: the working days
// that the State Council gives notice of once a year, laws and national rules to cite, fields of technology, the public notice and
// the review with their papers. A file of its own hides the national one of the same name.
package packs

import (
	"embed"
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

//go:embed all:national all:shenyang all:start
var files embed.FS

// folder is one folder of files.
func folder(name string) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil {
		panic("packs: the embedded folder is missing: " + err.Error())
	}
	return sub
}

// Shenyang is the pack of the reference city, as policy.Load reads it.
func Shenyang() fs.FS { return Open(folder("shenyang")) }

// Start is the files of the pack that another city begins with: one mechanism that works, and all it needs beside the national files.
func Start() (map[string][]byte, error) { return Files(folder("start")) }

// standsOnNational is how pack.yaml says so. Whether the line is right is for policy.Load to tell.
var standsOnNational = regexp.MustCompile(`(?m)^base:\s*["']?national["']?\s*(#.*)?$`)

// Open is a pack's folder with what it stands on. What cannot be read is left for policy.Load to report.
func Open(dir fs.FS) fs.FS {
	about, err := fs.ReadFile(dir, "pack.yaml")
	if err != nil || !standsOnNational.Match(about) {
		return dir
	}
	return layers{dir, folder("national")}
}

// layers shows a folder over another: a file above hides the file of the same name below it.
type layers struct{ above, below fs.FS }

// Open opens a file, or the folder of that name which is highest; use [fs.ReadDir] to read a folder of both.
func (l layers) Open(name string) (fs.File, error) {
	f, err := l.above.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return l.below.Open(name)
	}
	return f, err
}

// ReadDir lists what is in the folder, above or below.
func (l layers) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(l.above, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	more, missing := fs.ReadDir(l.below, name)
	if err != nil && missing != nil {
		return nil, err
	}
	byName := func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) }
	for _, e := range more {
		if _, hidden := slices.BinarySearchFunc(list, e, byName); !hidden {
			list = append(list, e)
			slices.SortFunc(list, byName)
		}
	}
	return list, nil
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
