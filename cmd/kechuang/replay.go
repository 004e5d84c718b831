package main

import (
	"fmt"
	"os"

	"kechuang/internal/panel"
)

type replayCommand struct {
	File string `arg:"" help:"The record of a draw, as it was handed out."`
}

// Run draws again and explains the draw in ten lines; the exit code is 1 when the record is not true or was changed.
func (c *replayCommand) Run(e *env) error {
	file, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	r, err := panel.Decode(file)
	if err == nil {
		err = r.Verify()
	}
	if err != nil {
		e.say("不一致：%v", "NOT TRUE: %v", err)
		return errFound
	}
	for _, line := range r.Explain() {
		fmt.Fprintln(e.out, line.In(e.lang))
	}
	e.say("一致：重新抽取的结果与记录完全相同", "TRUE: drawn again, the result is the same as the record")
	return nil
}
