package web

import (
	"context"
	"io"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/money"
)

// What the API needs of the rooms behind it, each as narrow as its use. The packages' own types meet these in wire.go.
type (
	// Cases runs cases.
	Cases interface {
		Open(ctx context.Context, who identity.Actor, c OpenCase) (*casework.Receipt, error)
		Act(ctx context.Context, who identity.Actor, c ActOnCase) (*casework.Receipt, error)
		SaveDraft(ctx context.Context, who identity.Actor, c DraftOfStep) error
		View(ctx context.Context, who identity.Actor, id string) (*casework.View, error)
		List(ctx context.Context, who identity.Actor, q CaseQuery) (*CasePage, error)
		Desk(ctx context.Context, who identity.Actor) (*casework.Desk, error)
		Hall(ctx context.Context, q HallQuery) (*Hall, error)
		HallCase(ctx context.Context, id string) (*casework.View, error)
		Object(ctx context.Context, c Objection) (*casework.Receipt, error)
		Delegate(ctx context.Context, who identity.Actor, d Delegation) (*Delegation, error)
		Delegations(ctx context.Context, who identity.Actor, id string) ([]Delegation, error)
		PutDocument(ctx context.Context, who identity.Actor, name string, r io.Reader) (*Document, error)
		Document(ctx context.Context, who identity.Actor, id, digest string) (*Document, []byte, error)
		Paper(ctx context.Context, who identity.Actor, id, digest string) ([]byte, error)
		Bundle(ctx context.Context, who identity.Actor, id string) ([]byte, error)
		Diagram(ctx context.Context, who identity.Actor, id, machine, lang string) ([]byte, error)
	}
	// Parties is the register.
	Parties interface {
		Search(ctx context.Context, who identity.Actor, q PartyQuery) (*PartyPage, error)
		Get(ctx context.Context, who identity.Actor, id string) (*Party, error)
		Put(ctx context.Context, who identity.Actor, p Party) (*Party, error)
		Delete(ctx context.Context, who identity.Actor, id string, revision int64) error
		Sheets(ctx context.Context) ([]Sheet, error)
		Template(ctx context.Context, kind string) ([]byte, error)
		Import(ctx context.Context, who identity.Actor, kind, name string, data []byte) (*Import, error)
		ImportState(ctx context.Context, who identity.Actor, id string) (*Import, error)
		Confirm(ctx context.Context, who identity.Actor, id string) (*Import, error)
		Marked(ctx context.Context, who identity.Actor, id string) (name string, data []byte, err error)
		Export(ctx context.Context, who identity.Actor, kind, format, q string) ([]byte, error)
	}
	// Accounts is identity.
	Accounts interface {
		ActorOf(ctx context.Context, session string) (identity.Actor, error)
		ActorOfToken(ctx context.Context, token string) (identity.Actor, error)
		SignIn(ctx context.Context, login, password, from string) (*SignedIn, error)
		Session(ctx context.Context, session string) (*Session, error)
		SignOut(ctx context.Context, session string) error
		ChangePassword(ctx context.Context, who identity.Actor, session, old, fresh string) error
		Tokens(ctx context.Context, who identity.Actor) ([]Token, error)
		CreateToken(ctx context.Context, who identity.Actor, t NewToken) (*FreshToken, error)
		RevokeToken(ctx context.Context, who identity.Actor, id string) error
		Link(ctx context.Context, token string) (*SetupLink, error)
		UseLink(ctx context.Context, token string, in SetupAnswer) error
		List(ctx context.Context, who identity.Actor, q, after string, limit int) (*AccountPage, error)
		Account(ctx context.Context, who identity.Actor, id string) (*Account, error)
		Create(ctx context.Context, who identity.Actor, a NewAccount) (*AccountLink, error)
		Grant(ctx context.Context, who identity.Actor, id string, g Grant, give bool) (*Account, error)
		Enable(ctx context.Context, who identity.Actor, id string, on bool) (*Account, error)
		Reset(ctx context.Context, who identity.Actor, id string) (*AccountLink, error)
		Security(ctx context.Context, who identity.Actor, account, after string, limit int) (*SecurityPage, error)
	}
	// Money is the ledger's funds.
	Money interface {
		Funds(ctx context.Context) ([]Fund, error)
		Appropriate(ctx context.Context, who identity.Actor, fund string, year int, amount money.Fen, memo, key string) (*Fund, error)
	}
	// Log is the journal.
	Log interface {
		Head(ctx context.Context) (*LogHead, error)
		Entries(ctx context.Context, after int64, limit int) ([]LogEntry, error)
		Proof(ctx context.Context, leaf string) (*LogProof, error)
	}
	// SignedIn is a session that has just begun.
	SignedIn struct {
		Cookie string
		Ends   time.Time
	}
)
