package main

import "errors"

type growthCommand struct{}

func (growthCommand) Run(*env) error { return errors.New("not yet") }

type allCommand struct{}

func (allCommand) Run(*env) error { return errors.New("not yet") }
