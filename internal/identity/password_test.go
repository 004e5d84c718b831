package identity

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestHashing(t *testing.T) {
	ctx := context.Background()
	s := New(nil, nil, Cheap)
	phc, err := s.hash(ctx, "密码kechuang2025")
	if err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatal(phc, err)
	}
	again, _ := s.hash(ctx, "密码kechuang2025")
	if again == phc {
		t.Error("no salt")
	}
	for pw, want := range map[string]bool{"密码kechuang2025": true, "密码kechuang2026": false, "": false} {
		if right, stale, err := s.verify(ctx, phc, pw); right != want || stale || err != nil {
			t.Errorf("%q: %v %v %v", pw, right, stale, err)
		}
	}
	// the same letters, composed and not
	composed, _ := s.hash(ctx, "caf\u00e9-kechuang")
	if right, _, _ := s.verify(ctx, composed, "cafe\u0301-kechuang"); !right {
		t.Error("an accent typed on another keyboard is another password")
	}
	// no hash at all is never right, not even for what the zero key would be
	for _, broken := range []string{"", "$argon2id$", "plain", "$argon2id$v=19$m=64,t=0,p=1$AAAA$AAAA", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", phc[:len(phc)-4]} {
		if right, _, err := s.verify(ctx, broken, ""); right || err != nil {
			t.Errorf("%q: %v %v", broken, right, err)
		}
	}
	if _, stale, _ := New(nil, nil, Cost{128, 1, 1}).verify(ctx, phc, "x"); !stale {
		t.Error("a hash of another cost is not renewed")
	}
}

// TestHashingWaitsItsTurn: with every slot taken a sign-in waits, and gives up with its request.
func TestHashingWaitsItsTurn(t *testing.T) {
	s := New(nil, nil, Cheap)
	for range hashing {
		s.hashing <- struct{}{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.hash(ctx, "kechuang2025"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	<-s.hashing
	if _, err := s.hash(context.Background(), "kechuang2025"); err != nil {
		t.Error(err)
	}
}

// TestNames: whatever is typed as a login or an address, nothing that a database refuses gets through.
func TestNames(t *testing.T) {
	for login, want := range map[string]bool{"guanli": true, "王五": true, "a.b-c_d@e": true, "a": false, "-ab": false, "a b": false, "a\x00b": false, "Ａb": false, strings.Repeat("a", 65): false} {
		if (checkLogin(login) == nil) != want {
			t.Errorf("%q", login)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "s"))
		if c := clip(normalLogin(s), 10); strings.ContainsRune(c, 0) || len([]rune(c)) > 10 || strings.ToValidUTF8(c, "") != c {
			t.Fatalf("%q → %q", s, c)
		}
	})
}
