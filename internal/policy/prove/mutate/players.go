package mutate

import (
	"errors"
	"fmt"
	"io/fs"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
)

// Players makes the Play of Options: all scenarios of the pack, then so many random cases. Scenarios that fail on the pack as it is
// tell nothing and are left out; how many is the second answer. A random case that breaks a promise on a mechanism that the proofs
// accept is named "random", and is a hole in the proofs.
func Players(fsys fs.FS, cases int) (notice func(*policy.Pack, *policy.Mechanism) string, silent int, err error) {
	pack, typed := policy.Load(fsys)
	if len(typed) > 0 {
		return nil, 0, fmt.Errorf("mutate: the pack is not typed: %v", typed)
	}
	files, err := play.Load(fsys, pack)
	if err != nil {
		return nil, 0, fmt.Errorf("mutate: %w", err)
	}
	good := map[string]bool{}
	for _, f := range files {
		for _, r := range play.Run(f, world) {
			if r.Err != nil {
				silent++
				continue
			}
			good[r.File+r.Title] = true
		}
	}
	return func(pack *policy.Pack, mech *policy.Mechanism) string {
		files, err := play.Load(fsys, pack)
		if err != nil {
			return "scenario: " + err.Error()
		}
		for _, f := range files {
			for _, sc := range f.Scenarios {
				if !good[f.Name+sc.Title] {
					continue
				}
				if _, err := play.RunOne(f, sc, world()); err != nil {
					return "scenario"
				}
			}
		}
		for seed := range uint64(cases) {
			_, err := play.Random(world(), play.DefaultStage(pack, mech), seed)
			var f *play.Failure
			switch {
			case errors.As(err, &f):
				return "random " + f.Rule + ": " + f.Detail
			case err != nil:
				return "random: " + err.Error()
			}
		}
		return ""
	}, silent, nil
}

func world() play.World { return play.NewInterpreter() }
