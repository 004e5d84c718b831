package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// said is what a city signs of a page: whose it is, its place, and the digests of its items in their order.
func (p Page) said() string {
	h := sha256.New()
	for _, i := range p.Items {
		h.Write([]byte(i.Digest + "\n"))
	}
	return strings.Join([]string{Format + " page", p.City, p.Next, p.Resume, hex.EncodeToString(h.Sum(nil))}, "\n") + "\n"
}

// sign puts the signature of the city's key on a page; a feed without a key signs nothing.
func (f *Feed) sign(p Page) (Page, error) {
	if f.Sign == nil {
		return p, nil
	}
	var err error
	p.Signature, err = f.Sign(p.said())
	return p, err
}

// signedBy says whether a page was signed with a key; a city that never had a key signs nothing.
func (p Page) signedBy(key string) error {
	if key == "" {
		return nil
	}
	if text, err := journal.OpenSigned(p.Signature, key); err == nil && text == p.said() {
		return nil
	}
	return refusal.New(refusal.Invalid, "exchange.signature", lang.T("“"+p.City+"”的这一页没有它的签名，或者签名与内容不符", "this page of "+p.City+" is not signed by it, or not as it stands"))
}

// trusted decides about the key that a city names: the one that was seen first stays, until somebody says that it may be another.
func trusted(known, now OpenCity, anew bool) error {
	if known.Key == "" || known.Key == now.Key || anew {
		return nil
	}
	return refusal.New(refusal.Conflict, "exchange.other_key", lang.T("“"+known.Title.ZH+"”的签名公钥与第一次采集时不同，没有采集", "the key of "+known.Title.EN+" is not the one that was seen first; nothing was harvested")).
		Mend(lang.T("向对方核实新的公钥，再加 --new-key 采集一次", "ask them for their new key, then harvest once with --new-key"))
}
