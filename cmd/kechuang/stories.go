package main

import (
	"fmt"

	"kechuang/internal/policy/play"
)

type storiesCommand struct {
	Dir       string `arg:"" optional:"" help:"Folder of the pack; without it the embedded one."`
	Mechanism string `help:"Only this mechanism."`
	All       bool   `help:"Name the stories that went as written, too."`
}

// Run plays every scenario of a pack on the interpreter, which is how an author finds out that a rule does what was meant; the exit
// code is 1 when one of them did not go as it is written.
func (c *storiesCommand) Run(e *env) error {
	files, pack, err := e.pack(c.Dir)
	if err != nil {
		return err
	}
	list, err := play.Load(files, pack)
	if err != nil {
		return err
	}
	played, failed := 0, 0
	for _, f := range list {
		if c.Mechanism != "" && f.Mechanism != c.Mechanism {
			continue
		}
		for _, r := range play.Run(f, func() play.World { return play.NewInterpreter() }) {
			played++
			switch {
			case r.Err != nil:
				failed++
				fmt.Fprintf(e.out, "✗ %s\n", r)
			case c.All:
				fmt.Fprintf(e.out, "✓ %s: %s\n", r.File, r.Title)
			}
		}
	}
	if failed > 0 {
		e.say("%d 个情景，%d 个与所写不符", "%d stories, %d did not go as they are written", played, failed)
		return errFound
	}
	e.say("%d 个情景，全部如所写", "%d stories, all as they are written", played)
	return nil
}
