package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// verdict is what an error of the database means for the one who asked.
type verdict int

const (
	internal  verdict = iota // a bug, or the function's own error
	again                    // a conflict with another transaction: run it again
	down                     // the database cannot be reached, or is stopping; nothing was done
	full                     // no room left; nothing was done
	unsure                   // the connection broke while committing: done or not, nobody here knows
	duplicate                // a unique key or primary key is taken
)

// unsureError wraps what broke a commit off.
type unsureError struct{ err error }

func (e *unsureError) Error() string { return "commit broken off: " + e.err.Error() }
func (e *unsureError) Unwrap() error { return e.err }

// public makes of a raw error what Write and Read return.
func (db *DB) public(ctx context.Context, err error) error {
	if err == nil || refusal.Of(err) != nil {
		return err
	}
	if ctx.Err() != nil { // the asker went away; the engines then say all kinds of things
		return errors.Join(ctx.Err(), err)
	}
	v := db.engine.classify(err)
	if v == down || v == full || v == unsure {
		slog.Warn("store: database unavailable", "error", err)
	}
	switch v {
	case down:
		return fmt.Errorf("%w: %w", refusal.New(refusal.Unavailable, "store.unavailable",
			lang.T("数据库暂时无法访问，本次操作没有执行", "The database cannot be reached just now; nothing was done")).
			Mend(lang.T("请稍后再试；已填写的内容不会丢失", "Try again shortly; what you typed is not lost")), err)
	case full:
		return fmt.Errorf("%w: %w", refusal.New(refusal.Unavailable, "store.full",
			lang.T("服务器存储空间不足，本次操作没有执行", "The server has no storage space left; nothing was done")).
			Mend(lang.T("请联系系统管理员清理空间后再试", "Ask the system administrator to free space, then try again")), err)
	case unsure:
		return fmt.Errorf("%w: %w", refusal.New(refusal.Unavailable, "store.unsure",
			lang.T("与数据库的连接在保存时中断，无法确认是否已保存", "The connection to the database broke while saving; whether it was saved is not known")).
			Mend(lang.T("请刷新页面查看；用同一页面再次提交不会重复办理", "Reload to see; submitting again from the same page does not act twice")), err)
	case again:
		return busy(err)
	}
	return err
}

func busy(err error) error {
	return fmt.Errorf("%w: %w", refusal.New(refusal.Unavailable, "store.busy",
		lang.T("同时办理的人太多，本次操作没有执行", "Too many are acting on the same thing at once; nothing was done")).
		Mend(lang.T("请稍后再试", "Try again shortly")), err)
}

// Duplicate tells whether the error is a unique or primary key that is taken. The transaction is over all the same.
func (db *DB) Duplicate(err error) bool { return err != nil && db.engine.classify(err) == duplicate }

// lost tells whether an error is that of a connection, not of a statement.
func lost(err error) bool {
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) {
		return true
	}
	_, network := errors.AsType[net.Error](err)
	return network
}
