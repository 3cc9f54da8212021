; Built by scripts/build-example-installers.sh; needs makensis.
Unicode true
Target amd64-unicode
RequestExecutionLevel admin
Name "Notes 2.3"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Notes"
SetCompressor zlib
VIProductVersion "2.3.0.0"
VIAddVersionKey "ProductName" "Notes"
VIAddVersionKey "ProductVersion" "2.3"
VIAddVersionKey "CompanyName" "Winrepo Examples"
VIAddVersionKey "FileDescription" "Notes 2.3 (64-bit) setup"
VIAddVersionKey "FileVersion" "2.3.0.0"
VIAddVersionKey "LegalCopyright" ""
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Notes"
Page instfiles
UninstPage instfiles

Section
  SetRegView 64
  SetOutPath "$INSTDIR"
  FileOpen $0 "$INSTDIR\notes.txt" w
  FileWrite $0 "Notes from a package that Winrepo installed."
  FileClose $0
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKLM "${KEY}" "DisplayName" "Notes 2.3 (64-bit)"
  WriteRegStr HKLM "${KEY}" "DisplayVersion" "2.3"
  WriteRegStr HKLM "${KEY}" "Publisher" "Winrepo Examples"
  WriteRegStr HKLM "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
SectionEnd

Section Uninstall
  SetRegView 64
  Delete "$INSTDIR\notes.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKLM "${KEY}"
SectionEnd
