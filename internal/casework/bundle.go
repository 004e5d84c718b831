package casework

import (
	"context"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy/draw"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Bundle is all leaves of a case with their proofs, to be checked offline. Leaves name who acted and in which part, so it is given to
// whoever sees all of the case (its offices, auditors) and while nothing of it is sealed; everybody else can have each step
// that they see proved by its digest.
func (e *Engine) Bundle(ctx context.Context, actor identity.Actor, id string) ([]byte, error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	err := e.DB.Read(ctx, func(tx *store.Tx) error {
		_, s, err := e.sighted(tx, actor, id)
		if err != nil {
			return err
		}
		if s.all() {
			return nil
		}
		return refusal.New(refusal.Forbidden, "casework.bundle",
			lang.T("完整存证包含有您不能查看的环节，现在不能提供", "The whole bundle holds steps that you may not see")).
			Mend(lang.T("可在“办理过程”中逐步核验您能看到的环节；封存期结束后，经办部门和审计人员可导出完整存证包",
				"Verify each step that you see from the history; offices and auditors can have the bundle once nothing is sealed"))
	})
	if err != nil {
		return nil, err
	}
	return e.Journal.Bundle(ctx, id)
}

// Diagram draws the case's mechanism, or one of its parts, with where it stands.
func (e *Engine) Diagram(ctx context.Context, actor identity.Actor, id, machine string, l lang.Tag) (svg []byte, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		d, _, err := e.sighted(tx, actor, id)
		if err != nil {
			return err
		}
		if d.mech.Machine(machine) == nil {
			return errNotFound
		}
		state := ""
		if machine == "" {
			state = d.row.state
		}
		svg = draw.SVG(d.mech, machine, l, state)
		return nil
	})
	return svg, err
}
