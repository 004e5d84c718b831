package main

import "errors"

type simulateCommand struct{}

func (simulateCommand) Run(*env) error { return errors.New("not yet") }

type mutateCommand struct{}

func (mutateCommand) Run(*env) error { return errors.New("not yet") }

type benchCommand struct{}

func (benchCommand) Run(*env) error { return errors.New("not yet") }
