#!/bin/sh
# Rebuilds the small installers under examples/installers from their sources. Needs wixl and makensis
# (Debian: apt-get install wixl nsis).
set -eu
cd "$(dirname "$0")/../examples/installers/src"

hello() {
  wixl -a x64 -D "Version=$1" -D "ProductCode=$2" -o "../hello-$1.msi" hello.wxs
}

hello 1.0.0 '{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910100}'
hello 1.1.0 '{6F1D3C0A-9B52-4E0D-8A44-2C5E7B910110}'
makensis -V2 -NOCD "-DOUT=../notes-2.3.exe" notes.nsi
ls -l ../*.msi ../*.exe
