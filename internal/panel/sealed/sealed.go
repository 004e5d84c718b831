// Package sealed is how an adviser's answer becomes a file that anybody can check later: JSON, and a last line with its digest. A value is
// read back only from the very bytes that it is written as, so that one changed byte is found even where JSON would not mind it.
//
//	file := sealed.Seal(body)                          // body is the value's JSON
//	err := sealed.Open(file, &v, v.Encode, ErrChanged) // v.Encode writes v as a sealed file again
package sealed

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// Seal ends the JSON of a value with the line "sha256 " and the digest of what stands before, in hexadecimal.
func Seal(body []byte) []byte {
	body = append(body, '\n')
	return fmt.Appendf(body, "sha256 %x\n", sha256.Sum256(body))
}

// Open reads a file into v. Where it is not what again, asked after that, makes of v, the error is changed, or wraps it.
func Open(file []byte, v any, again func() ([]byte, error), changed error) error {
	at := bytes.LastIndex(file, []byte("\nsha256 "))
	if at < 0 {
		return fmt.Errorf("%w: its last line is no digest", changed)
	}
	if string(file[at+1:]) != fmt.Sprintf("sha256 %x\n", sha256.Sum256(file[:at+1])) {
		return changed
	}
	if err := json.Unmarshal(file[:at+1], v); err != nil {
		return fmt.Errorf("%w: %w", changed, err)
	}
	same, err := again()
	if err != nil {
		return err
	}
	if !bytes.Equal(same, file) {
		return changed
	}
	return nil
}
